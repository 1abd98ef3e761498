module github.com/parley-rtc/parley/load/bench

go 1.25.0

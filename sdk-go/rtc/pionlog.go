package rtc

import (
	"fmt"
	"log/slog"

	"github.com/pion/logging"
)

// pionLoggers have Pion speak through the room's logger; its errors are often no more than the end of a connection, so
// they are warnings at most.
type pionLoggers struct{ logger *slog.Logger }

// NewLogger makes the logger of one part of Pion.
func (p pionLoggers) NewLogger(scope string) logging.LeveledLogger {
	return pionLogger{p.logger.With("pion", scope)}
}

type pionLogger struct{ logger *slog.Logger }

func (l pionLogger) Trace(string)          {}
func (l pionLogger) Tracef(string, ...any) {}
func (l pionLogger) Debug(string)          {}
func (l pionLogger) Debugf(string, ...any) {}
func (l pionLogger) Info(text string)      { l.logger.Debug(text) }
func (l pionLogger) Warn(text string)      { l.logger.Info(text) }
func (l pionLogger) Error(text string)     { l.logger.Warn(text) }

func (l pionLogger) Infof(format string, values ...any) {
	l.logger.Debug(fmt.Sprintf(format, values...))
}

func (l pionLogger) Warnf(format string, values ...any) {
	l.logger.Info(fmt.Sprintf(format, values...))
}

func (l pionLogger) Errorf(format string, values ...any) {
	l.logger.Warn(fmt.Sprintf(format, values...))
}

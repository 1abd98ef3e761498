package conformance

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
)

// match compares a JSON value with a pattern; nil means that it fits, else the error says where it does not.
func match(pattern, value any, path string) error {
	switch p := pattern.(type) {
	case map[string]any:
		return matchObject(p, value, path)
	case []any:
		list, _ := value.([]any)
		if len(list) != len(p) {
			return fmt.Errorf("%s: %d elements instead of %d: %v", path, len(list), len(p), list)
		}
		for i := range p {
			if err := match(p[i], list[i], fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
		return nil
	default:
		if isDefault(p) && isDefault(value) || equal(p, value) {
			return nil
		}
		return fmt.Errorf("%s: %v instead of %v", path, value, p)
	}
}

func matchObject(pattern map[string]any, value any, path string) error {
	if _, ok := pattern["$any"]; ok {
		if isDefault(value) {
			return fmt.Errorf("%s: is missing", path)
		}
		return nil
	}
	if _, ok := pattern["$absent"]; ok {
		if !isDefault(value) {
			return fmt.Errorf("%s: %v should be absent", path, value)
		}
		return nil
	}
	if least, ok := pattern["$min"]; ok {
		if number(value) < number(least) {
			return fmt.Errorf("%s: %v is less than %v", path, value, least)
		}
		return nil
	}
	if parts, ok := pattern["$has"].([]any); ok {
		return matchSome(parts, value, path)
	}
	object, _ := value.(map[string]any)
	for name, each := range pattern {
		if err := match(each, object[name], path+"."+name); err != nil {
			return err
		}
	}
	return nil
}

func matchSome(patterns []any, value any, path string) error {
	list, _ := value.([]any)
	for _, pattern := range patterns {
		found := false
		for _, element := range list {
			found = found || match(pattern, element, path) == nil
		}
		if !found {
			return fmt.Errorf("%s: nothing in %v is like %v", path, list, pattern)
		}
	}
	return nil
}

// isDefault is true for what JSON leaves out.
func isDefault(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	default:
		return reflect.ValueOf(v).IsZero()
	}
}

func equal(a, b any) bool {
	if x, y := number(a), number(b); !math.IsNaN(x) && x == y {
		return true
	}
	return reflect.DeepEqual(a, b)
}

// number reads numbers, also when they are written as strings; anything else is not a number.
func number(value any) float64 {
	switch v := value.(type) {
	case float64:
		return v
	case string:
		if n, err := strconv.ParseFloat(v, 64); err == nil {
			return n
		}
	}
	return math.NaN()
}

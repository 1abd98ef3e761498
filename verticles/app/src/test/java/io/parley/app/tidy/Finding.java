package io.parley.app.tidy;

/** One place that breaks a rule. {@code place} is a path, or a path and a name: what the allow-list names. */
record Finding(String rule, String place, String what) {
    @Override
    public String toString() {
        return place + ": " + what;
    }
}

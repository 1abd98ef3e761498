package io.parley.kernel.config;

/**
 * One setting as it was asked for: for the reference that {@code ./parley config} prints.
 *
 * @param key dotted name in the file; {@code PARLEY_} + upper case with underscores in the environment
 * @param allowed in words
 * @param value what is in force; secrets are shown as stars
 * @param origin "default", or where the value came from
 */
public record Setting(String key, String allowed, String value, String origin, String doc) {}

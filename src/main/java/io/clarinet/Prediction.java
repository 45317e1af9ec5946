package io.clarinet;

/**
 * One of the classes that a classifier considers.
 *
 * @param index of the class
 * @param probability between 0 and 1
 */
public record Prediction(int index, String label, float probability) {}

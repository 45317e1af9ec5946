package io.clarinet.random;

import java.util.function.Consumer;

/**
 * What a random graph may be made of: an operator, or a few that usually stand together.
 *
 * @param weight how often it is drawn, against the others'
 * @param say adds it to a graph in the making, if something there fits
 */
record Word(String name, int weight, Consumer<Sketch> say) {}

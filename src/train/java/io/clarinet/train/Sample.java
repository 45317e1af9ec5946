package io.clarinet.train;

/** A labelled picture: [3][32][32] bytes, red, green and blue planes. */
record Sample(int label, byte[] pixels) {}

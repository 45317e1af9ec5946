package io.clarinet.image;

/**
 * A part of a picture, in its pixels, from their upper left corners.
 *
 * @param left pixels before it
 * @param top rows above it
 */
public record PictureArea(double left, double top, double width, double height) {}

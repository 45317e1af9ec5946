package io.clarinet.kernel;

/** The binding of a kernel parameter; the backend resolves it to device memory. */
public sealed interface Arg {

  /** The view of an input value: three parameters, buffer, offset and batch stride in elements. */
  record Input(int index) implements Arg {}

  /** The view of an output value: three parameters, buffer, offset and batch stride in elements. */
  record Output(int index) implements Arg {}

  /** The view of a scratch region: three parameters, buffer, offset in floats and zero. */
  record Scratch(int index) implements Arg {}

  /** A buffer of packed constants: one parameter. */
  record Packed(int index) implements Arg {}

  /** Local memory of a work-group, in bytes. */
  record Local(long bytes) implements Arg {}

  /** A 32-bit integer scalar. */
  record Int(int value) implements Arg {}

  /** A 64-bit integer scalar. */
  record Long(long value) implements Arg {}

  /** A 32-bit float scalar. */
  record Float(float value) implements Arg {}
}

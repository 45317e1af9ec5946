/**
 * The messages of ONNX's file format, as far as Clarinet reads and writes them, and protobuf's wire
 * format that they are in. Names, field numbers and values of enums are those of {@code onnx.proto}
 * (https://github.com/onnx/onnx); fields that are not listed are skipped. Bytes are read as views.
 */
@NullMarked
package io.clarinet.importer.onnx.proto;

import org.jspecify.annotations.NullMarked;

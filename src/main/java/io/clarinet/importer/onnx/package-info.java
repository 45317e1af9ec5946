/**
 * ONNX files (https://onnx.ai, opsets 6 to 27) to graphs and back. One class a family of operators,
 * one line an operator.
 */
@NullMarked
package io.clarinet.importer.onnx;

import org.jspecify.annotations.NullMarked;

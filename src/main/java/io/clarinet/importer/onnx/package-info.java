/**
 * ONNX files (https://onnx.ai, opsets 6 to 27) to graphs and back. One class a family of operators,
 * which reads and writes them; {@code OnnxOperators} lists the families.
 */
@NullMarked
package io.clarinet.importer.onnx;

import org.jspecify.annotations.NullMarked;

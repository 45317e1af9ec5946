/** Shapes of any rank, element types and dense host tensors. Depends on files alone. */
@NullMarked
package io.clarinet.tensor;

import org.jspecify.annotations.NullMarked;

package io.clarinet.cli;

import io.clarinet.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A picture as a network takes it, or why there is none.
 *
 * @param name of its file
 * @param input of one item
 */
record PreparedPicture(String name, @Nullable Tensor input, @Nullable Failure failure) {}

/** Pictures in, tensors out: decoding, resizing, normalising, and the names of the classes. */
@NullMarked
package io.clarinet.image;

import org.jspecify.annotations.NullMarked;

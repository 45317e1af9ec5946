/**
 * Device profiles as files: all that planning knows of a device, to be kept, sent, and planned for
 * elsewhere; and those of known GPUs that come with Clarinet.
 */
@NullMarked
package io.clarinet.kernel.profile;

import org.jspecify.annotations.NullMarked;

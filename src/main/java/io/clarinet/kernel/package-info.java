/**
 * Work for a device as values: launches, layouts, packings, and the profile of the device that they
 * are for. Knows no OpenCL API.
 */
@NullMarked
package io.clarinet.kernel;

import org.jspecify.annotations.NullMarked;

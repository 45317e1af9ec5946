/**
 * The kernels of OpenCL devices: a class for each {@code .cl} file, from shapes and a device to an
 * offer of launches, and {@link io.clarinet.kernel.opencl.OpenClKernels}, the table of them. Knows
 * no OpenCL API.
 */
@NullMarked
package io.clarinet.kernel.opencl;

import org.jspecify.annotations.NullMarked;

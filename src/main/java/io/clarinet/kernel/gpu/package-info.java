/**
 * OpenCL kernels for GPUs: a class for each file of {@code opencl/gpu}, from shapes and a profile
 * to an offer.
 */
@NullMarked
package io.clarinet.kernel.gpu;

import org.jspecify.annotations.NullMarked;

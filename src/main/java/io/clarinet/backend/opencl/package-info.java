/**
 * Runs plans on OpenCL devices. The only package that sees the OpenCL binding, and it sees no
 * operator.
 */
@NullMarked
package io.clarinet.backend.opencl;

import org.jspecify.annotations.NullMarked;

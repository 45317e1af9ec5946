/**
 * One record per operator: what is known of its outputs, its plain-Java reference, and its kernels
 * as offers of launches. Knows no device API.
 */
@NullMarked
package io.clarinet.op;

import org.jspecify.annotations.NullMarked;

/**
 * One record per operator: the facts of its outputs, its plain-Java reference, its multiply-adds,
 * and whether the items of a batch are independent. Nothing of devices.
 */
@NullMarked
package io.clarinet.op;

import org.jspecify.annotations.NullMarked;

/** The report of a machine: what there is, why it is not used, and what to do. */
@NullMarked
package io.clarinet.cli.doctor;

import org.jspecify.annotations.NullMarked;

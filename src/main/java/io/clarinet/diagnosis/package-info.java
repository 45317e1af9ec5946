/** What a report of a fault must tell of the machine: drivers, devices, caches. */
@NullMarked
package io.clarinet.diagnosis;

import org.jspecify.annotations.NullMarked;

/** The same things as events of Java Flight Recorder; no class here is used without jdk.jfr. */
@NullMarked
package io.clarinet.event.jfr;

import org.jspecify.annotations.NullMarked;

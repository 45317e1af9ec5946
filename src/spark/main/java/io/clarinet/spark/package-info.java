/** Pictures of a folder or a table, classified by Apache Spark on many machines. */
@NullMarked
package io.clarinet.spark;

import org.jspecify.annotations.NullMarked;

/// The data directory of one node: who may use it, what lies in it, and whether the last stop was
/// clean. Knows files only.
@NullMarked
package io.quintet.node.home;

import org.jspecify.annotations.NullMarked;

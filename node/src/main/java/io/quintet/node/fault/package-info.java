/// Places where tests let a node die, wait or fail: see [io.quintet.node.fault.Failpoint]. Every
/// room may name its places; nothing here knows any of them.
///
/// The idea is that of FreeBSD's `fail(9)`: the program says where it can be hurt, so that tests
/// reach each step by name and not by luck.
@NullMarked
package io.quintet.node.fault;

import org.jspecify.annotations.NullMarked;

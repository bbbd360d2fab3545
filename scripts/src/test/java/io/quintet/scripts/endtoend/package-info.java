/// The product as its users meet it: the launcher, real processes, real sockets on loopback, real
/// disks. Bad input, nodes that die or lie, full disks; and that nothing is lost by any of it.
///
/// Tests here see exit codes, printed lines, files and HTTP answers, and no class of the product.
/// Each test class has its own network name, UDP port, home folder and nodes.
@NullMarked
package io.quintet.scripts.endtoend;

import org.jspecify.annotations.NullMarked;

/// `quintet demo`: the main job of Quintet, shown with real processes and a real file in about a
/// minute.
///
/// It may use `cluster` and the client's commands' backend, nothing of the nodes' insides: what is
/// shown is what any user could do by hand.
@NullMarked
package io.quintet.scripts.demo;

import org.jspecify.annotations.NullMarked;

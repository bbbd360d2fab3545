package io.quintet.client.cli;

/// Marks a command that does its work in the calling thread and tidies up when that thread is
/// interrupted: Ctrl-C then goes through [Interruption]. A server, which ends in its own way, is
/// not marked.
public interface Interruptible {}

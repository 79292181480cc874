package io.longshore.registry.client.tool;

import java.util.concurrent.Callable;

/** A command that does something. Whatever it throws is told by {@link Failures}, and is no bug. */
interface Action extends Callable<Integer> {
    /** What it is about at the moment, for messages that do not say so by themselves. */
    String subject();

    /** @return an {@link ExitCode} */
    @Override
    Integer call() throws Exception;
}

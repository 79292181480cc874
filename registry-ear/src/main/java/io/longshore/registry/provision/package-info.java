/**
 * What the build itself runs: it provisions the server, from the WildFly distribution only the modules that the
 * server's configuration needs, and starts it for {@code mvn -Prun}. No part of what is delivered; uses one class of
 * the launcher.
 */
package io.longshore.registry.provision;

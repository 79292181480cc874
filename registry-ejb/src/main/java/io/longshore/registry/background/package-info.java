/** When work is done that no request asks for. What it is, features say; this package knows none of them. */
package io.longshore.registry.background;

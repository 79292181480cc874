/** Tests of tokens of OpenID Connect as passwords, and of logging in with a browser, on the built server. */
package io.longshore.registry.it.signin;

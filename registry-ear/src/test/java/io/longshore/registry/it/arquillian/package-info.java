/** Tests, by Arquillian, of the EAR on a WildFly as it comes. All others run the server that the build makes. */
package io.longshore.registry.it.arquillian;

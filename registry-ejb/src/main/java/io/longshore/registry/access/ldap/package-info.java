/**
 * Logging in with the names and passwords of a directory that speaks LDAP, such as OpenLDAP or Active Directory. The
 * registry looks for the entry of a user with an account of its own, then binds as the user to try the password.
 */
package io.longshore.registry.access.ldap;

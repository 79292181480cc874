package io.longshore.registry.access.ldap;

import java.util.List;

/**
 * An entry that is a user.
 *
 * @param dn never empty
 * @param name as the directory spells it, fit for a subject
 * @param groups DNs of groups in an attribute of the entry
 */
record LdapUser(String dn, String name, List<String> groups) {}

package io.longshore.registry.config;

/** The keys of {@code auth.certificate}. */
final class CertificateKeys {
    static final KeyTable TABLE = new KeyTable();
    static final String SECTION = "auth.certificate";

    static final Key<CertificateConfig.Name> NAME = TABLE.add(SECTION + ".name",
            Types.choice(CertificateConfig.Name.class), "",
            "What of the certificate of a client is the name of its user: the common name or the whole of its subject,"
                    + " or the mail address, DNS name or URI among its alternative names, of which there must be one.");
    static final Key<String> PREFIX = TABLE.add(SECTION + ".prefix", Types.TEXT, "",
            "What the names of these users and their groups begin with in the registry.");
    static final Key<CertificateConfig.Groups> GROUPS = TABLE.add(SECTION + ".groups",
            Types.choice(CertificateConfig.Groups.class), "",
            "What of the subject has the names of the groups of the user. Without it, they are in none.");

    private CertificateKeys() {}
}

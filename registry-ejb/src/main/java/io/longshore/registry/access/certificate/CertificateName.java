package io.longshore.registry.access.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** What of a certificate is the name of its user. */
public enum CertificateName {
    /** The common name in the subject. */
    CN,
    /** The whole subject, in the form of RFC 2253, such as {@code CN=alice,O=Example}. */
    DN,
    /** The mail address among the alternative names. */
    EMAIL,
    /** The DNS name among the alternative names, in lower case. */
    DNS,
    /** The URI among the alternative names, such as a SPIFFE ID. */
    URI;

    private static final int RFC822_NAME = 1;
    private static final int DNS_NAME = 2;
    private static final int UNIFORM_RESOURCE_IDENTIFIER = 6;

    /**
     * All of this kind that the certificate has, each once.
     *
     * @throws CertificateParsingException if the certificate is none in this place
     */
    Set<String> in(X509Certificate certificate) throws CertificateParsingException {
        return switch (this) {
            case CN -> ofSubject(certificate, "CN");
            case DN -> Set.of(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
            case EMAIL -> alternatives(certificate, RFC822_NAME);
            case DNS -> alternatives(certificate, DNS_NAME).stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
            case URI -> alternatives(certificate, UNIFORM_RESOURCE_IDENTIFIER);
        };
    }

    private static Set<String> alternatives(X509Certificate certificate, int type) throws CertificateParsingException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        return Optional.ofNullable(all).orElse(List.of()).stream()
                .filter(name -> Integer.valueOf(type).equals(name.get(0)))
                .map(name -> (String) name.get(1))
                .collect(Collectors.toSet());
    }

    /** The values that the subject has for an attribute, such as {@code OU}, in no order. */
    static Set<String> ofSubject(X509Certificate certificate, String attribute) throws CertificateParsingException {
        Set<String> values = new LinkedHashSet<>();
        try {
            String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
            for (Rdn rdn : new LdapName(subject).getRdns()) {
                Attribute found = rdn.toAttributes().get(attribute);
                for (int index = 0; found != null && index < found.size(); index++) {
                    // Bytes would be of a type that is no text.
                    if (found.get(index) instanceof String text) {
                        values.add(text);
                    }
                }
            }
            return values;
        } catch (NamingException e) {
            throw new CertificateParsingException("the subject is no DN", e);
        }
    }
}

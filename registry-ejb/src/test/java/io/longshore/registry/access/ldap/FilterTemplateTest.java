package io.longshore.registry.access.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Filter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;

class FilterTemplateTest {

    @Property
    void anyValueStaysOneValue(@ForAll @Chars({'*', '(', ')', '\\', '\0', '{', '}', 'd', 'n', 'ä', '|'}) String value)
            throws Exception {
        FilterTemplate template = new FilterTemplate("(&(uid={user})(member={dn}))", Set.of("user", "dn"));

        Filter filter = Filter.create(template.fill(Map.of("user", value, "dn", "{user}")).toString());

        assertThat(filter.getComponents()).hasSize(2);
        assertThat(filter.getComponents()[0].getFilterType()).isEqualTo(Filter.FILTER_TYPE_EQUALITY);
        assertThat(filter.getComponents()[0].getAssertionValueBytes())
                .isEqualTo(value.getBytes(StandardCharsets.UTF_8));
        assertThat(filter.getComponents()[1].getAssertionValue()).isEqualTo("{user}");
    }

    @Example
    void aPlaceMayStandMoreThanOnce() {
        FilterTemplate template = new FilterTemplate("(|(uid={0})(mail={0}))", Set.of("user", "0"));

        assertThat(template.fill(Map.of("user", "a", "0", "b")).toString()).isEqualTo("(|(uid=b)(mail=b))");
    }
}

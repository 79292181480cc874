package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void printsStars() {
        assertThat(Secret.of("hunter2")).hasToString("***");
        assertThat("%s".formatted(Secret.of("hunter2"))).isEqualTo("***");
    }

    @Test
    void revealsItselfToWhoeverAsks() {
        assertThat(Secret.of("hunter2").reveal()).isEqualTo("hunter2");
    }

    @Test
    void isEqualToTheSameSecretOnly() {
        assertThat(Secret.of("hunter2")).isEqualTo(Secret.of("hunter2")).hasSameHashCodeAs(Secret.of("hunter2"));
        assertThat(Secret.of("hunter2")).isNotEqualTo(Secret.of("hunter3")).isNotEqualTo("hunter2");
    }

    @Test
    void cannotBeSerialised() {
        assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> {
            try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
                out.writeObject(Secret.of("hunter2"));
            }
        });
    }

    @Test
    void hasNoPropertiesOfABean() throws IntrospectionException {
        assertThat(Introspector.getBeanInfo(Secret.class, Object.class).getPropertyDescriptors()).isEmpty();
        assertThat(Secret.class.getFields()).isEmpty();
    }
}

package io.longshore.registry.storage.azure;

import java.util.Optional;

/** How the registry shows an Azure storage account who it is. None of these prints what must not be seen. */
public sealed interface AzureCredential {

    /**
     * The key of the account.
     *
     * @param key in Base64
     */
    record SharedKey(String key) implements AzureCredential {
        @Override
        public String toString() {
            return "SharedKey[***]";
        }
    }

    /** A secret of an application that is registered in Entra ID. */
    record ClientSecret(String tenantId, String clientId, String secret) implements AzureCredential {
        @Override
        public String toString() {
            return "ClientSecret[tenantId=" + tenantId + ", clientId=" + clientId + ", ***]";
        }
    }

    /**
     * What the surroundings supply: the variables of the Azure tools, then the workload identity of a Kubernetes pod,
     * then the managed identity of the machine.
     *
     * @param clientId which of several identities
     */
    record Surroundings(Optional<String> clientId) implements AzureCredential {}
}

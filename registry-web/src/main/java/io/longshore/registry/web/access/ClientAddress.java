package io.longshore.registry.web.access;

import io.longshore.registry.config.AddressRange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * From where a request comes. A proxy's word is taken for it only if the proxy is trusted: anybody can write
 * {@code X-Forwarded-For}.
 */
public final class ClientAddress {
    private final List<AddressRange> trusted;

    public ClientAddress(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /** An IP address: the nearest one that is no trusted proxy, or the farthest one that is known. */
    public String of(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        if (!isTrusted(address)) {
            return address;
        }
        for (String hop : hops(request)) {
            if (!AddressRange.isAddress(hop)) {
                return address;
            }
            address = hop;
            if (!isTrusted(address)) {
                return address;
            }
        }
        return address;
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** What the proxies wrote, that of the nearest one first. */
    private static List<String> hops(HttpServletRequest request) {
        List<String> hops = new ArrayList<>(Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(list -> Stream.of(list.split(",")))
                .map(String::strip)
                .toList());
        Collections.reverse(hops);
        return hops;
    }
}

/** Referrers: manifests that name another one as their subject. */
package io.longshore.registry.referrer;

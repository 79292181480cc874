/** Referrers: manifests that name another one as their subject. Uses the database and no other feature. */
package io.longshore.registry.referrer;

/** The audit: who did what, from where. Uses the database and no other feature. */
package io.longshore.registry.audit;

/** What webhooks are told of requests, beside what the features record themselves. */
package io.longshore.registry.web.notification;

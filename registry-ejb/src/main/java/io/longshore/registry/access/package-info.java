/**
 * Access: who somebody is, and what they may do. Here are the interface that ways of logging in implement and what they
 * speak of; each way of logging in has a package of its own beneath, and knows nothing of the others.
 */
package io.longshore.registry.access;

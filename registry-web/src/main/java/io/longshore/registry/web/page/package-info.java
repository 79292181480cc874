/** Lists in pages: what clients ask for, and the link to the next page. Uses the model. */
package io.longshore.registry.web.page;

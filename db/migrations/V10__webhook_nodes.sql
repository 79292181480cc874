-- While the configuration of one node after the other is changed, an endpoint is on as long as any of them has it.
alter table webhook_node
    add column endpoints text[] not null default '{}'; -- which the configuration of the node has and has not disabled

"""What the last approval does. Named in the settings, so it imports nothing that needs the models to be loaded."""


def finish_workflow(workflow_state, user=None):
    """Publish or schedule the approved version, unless it waits for others in a bundle."""
    from wagtail.workflows import publish_workflow_state

    from portal.publishing.bundles import waits_in_bundle
    from portal.translation.freshness import original_approved

    if waits_in_bundle(workflow_state.content_object):
        original_approved(workflow_state.current_task_state.revision.as_object())
    else:
        publish_workflow_state(workflow_state, user=user)

"""What the last approval does. Named in the settings, so it imports nothing that needs the models to be loaded."""


def finish_workflow(workflow_state, user=None):
    """Publish or schedule the approved version, unless it waits for others in a bundle."""
    from wagtail.workflows import publish_workflow_state

    from portal.publishing.bundles import waits_in_bundle

    if not waits_in_bundle(workflow_state.content_object):
        publish_workflow_state(workflow_state, user=user)

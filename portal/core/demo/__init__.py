"""The demo portal: content files, accounts and drawn pictures, loaded through the same doors that people use."""

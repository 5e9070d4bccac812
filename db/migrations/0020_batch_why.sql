-- Why a batch was set aside, for whoever began it: it could not be read, or failed time and again.
ALTER TABLE `batches` ADD `why` text;
